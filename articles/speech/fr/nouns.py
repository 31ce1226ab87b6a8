"""Nouns that are counted: their plural, their gender, and the words that join them to a number."""

import re
from dataclasses import dataclass

_VOWEL = re.compile(r"[aeiouyâàéèêëîïôöûüœæh]", re.IGNORECASE)
_SCALE = re.compile(r"(?:million|milliard|billion)s?$")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in singular and plural."""

    one: str
    many: str
    feminine: bool = False


def noun(one: str, *, feminine: bool = False) -> Noun:
    """A noun, possibly of several words, of which each takes an s in the plural."""
    return Noun(one, " ".join(word if word.endswith(("s", "x", "z")) else word + "s" for word in one.split()), feminine)


def of(text: str) -> str:
    """`text` behind de or d’."""
    return ("d’" if _VOWEL.match(text) else "de ") + text


def counted(words: str, what: Noun, *, plural: bool) -> str:
    """A number in words and its noun: `deux euros`, `un million d’euros`."""
    if _SCALE.search(words):
        return f"{words} {of(what.many)}"
    return f"{words} {what.many if plural else what.one}"


_FEMININE_ENDINGS = re.compile(
    r"(?:[ts]ion|xion|[ie]té|ette|ance|ence|[tds]ure|ière|euse|trice|esse|[dt]ie|[gln]ie|rie|phie|ée|ade|aine|ise|ille"
    r"|elle|enne|onne|sse|ale|ine|ive|igne|ogne|une|aison|ine|ique|ude|che|euve|otte)s?$"
)
_MASCULINE = frozenset(
    """
    accessoire acte actionnaire adversaire animal anniversaire arrêté auditoire avion bastion billion bras
    bénéficiaire cadre camarade camion canal caniche capitaine carrosse casque catholique cent centime centimètre
    centième champion cheptel cheval châle chèvrefeuille cinquième colosse comité commentaire commissaire compte comté
    conservatoire cygne côté degré deuxième diagnostique dictionnaire dimanche dinosaire dire disque dixième domaine
    domestique domine doute décolleté dédale député empire employé espion exemplaire final fonctionnaire gestionnaire
    gorille grade gramme graphique groupe génie hectare hectolitre historique horaire huitième hôpital incendie
    insigne intermittence interne interrogatoire intervalle invité itinéraire ivoire journal kilogramme kilomètre
    kiosque laboratoire lampion libelle litre local locataire lycée magasin magazine magnésium maire malade masque
    messie mille mille-feuille milliard milliardaire millimètre million millionnaire millième modèle moine moteur
    moustique musée mètre navire neuvième notaire observatoire parapluie partenaire participe patrimoine patronyme
    pays peigne pianiste pilote pion pique-nique plastique platine poids polygone portique poste principal prix
    problème programme propriétaire public pâté pétale quatrième questionnaire quinze relâche retraité rire risque
    râle règne réacteur réfectoire régiment salaire salarié satellite scandale scorpion secrétaire semestre septième
    signataire signe silence site sixième siècle sourire sportif squale squelette stade stagiaire système territoire
    thème titre touriste traité trimestre troisième trophée trottoire vampire vermicelle verre violoncelle visiteur
    vocabulaire volontaire vote égal élastique été
    """.split()
)
_FEMININE = frozenset(
    """
    abbaye ablation action adhérente affiche agence aiguille amende amie ampoule ancienne annonce année apprentie arme
    arête avocate bactérie bague baguette baisse balle banane banque barque basse bataille batterie belle bobine bombe
    bonne borne botte boulangerie bourse bouteille boutique bouée boîte brebis brochure cabane caisse calorie
    candidate canette carotte carte cathédrale cave cellule centaine cerise chaise chambre chance chanson chapelle
    chaussette chaussure chaîne chemise chèvre classe clef cliente cloche clé commune consonne copine corde couleur
    coupe cour couronne course courte cousine couturière couverture crevette croix crue crèche crêpe cuillère cuisine
    cérémonie côte danse date demande demi-heure demi-journée dent dernière dette digue dizaine dose douzaine durée
    défaite enquête enseigne entreprise espèce famille faune femme fenêtre ferme feuille ficelle filiale fille fine
    firme fleur foire fois forme forêt fraise fête gagnante galerie garderie gare goutte goélette grande grange greffe
    grosse guerre habitante hausse haute heure histoire horloge huître idée image infirmière inscription jambe journée
    jupe kilocalorie lampe langue lettre licence ligne livre loi longue machine main mairie maison marche marque
    matinée mer messe mesure mine minute molécule montagne montre mort moto moule mère médaille naissance nappe
    navette nièce note nouvelle nuit obligation offre olive opération orange oreille page pale palette parcelle parole
    part particule passante passerelle pause peine perceuse perdante perle personne perte petite photo phrase pile
    pilule piqûre piscine piste pièce place plage plainte plante planète pleine pluie poire pomme porte portion poule
    première prime prière province péniche période question quinzaine race radio raison rame recette revue robe roupie
    route rue règle réforme région réponse saison salade salle sardine scie seconde semaine semence serre serviette
    seule société soirée somme star start-up station statue syllabe série sœur table taille tante tarte tasse taxe
    tempête tente terrasse thèse toile tomate tonne tour tranche trentaine tribune turbine télé tête usine vache
    vedette veste victime victoire vie vieille vigne ville vingtaine vis visite voie voile voisine voiture voix
    voyelle échoppe écluse école église élève émission éolienne épicerie époque équipe étape étoile étude étudiante
    île œuvre
    """.split()
)
_EITHER = frozenset("autre jeune même simple énième brave large rare vaste énorme solide".split())
_NEXT_WORDS = re.compile(
    r" (?:(?:à|ou|et) (?:\d[\d ,]{0,20}|[a-zéè-]{2,20}) )?([^\W\d_]+(?:-[^\W\d_]+)?)(?: ([^\W\d_]+))?"
)


def is_feminine(word: str, after: str | None = None) -> bool:
    """Whether a noun, or the adjective before a noun `after`, looks feminine; only `un` and `une` hang on it."""
    word = word.lower()
    base = word.removesuffix("s")
    if base in _EITHER and after:
        return is_feminine(after)
    if word in _MASCULINE or base in _MASCULINE:
        return False
    return word in _FEMININE or base in _FEMININE or _FEMININE_ENDINGS.search(word) is not None


def counts_feminine(match: re.Match[str]) -> bool:
    """Whether what stands behind a matched number is feminine: `1 à 2 heures`, `21 nouvelles maisons`."""
    words = _NEXT_WORDS.match(match.string, match.end())
    return words is not None and is_feminine(words[1], words[2])
