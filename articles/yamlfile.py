"""YAML text to plain values, in a time that grows with the text."""

import yaml


class MergedFields(yaml.constructor.ConstructorError):
    """A `<<`, which takes over the fields of other tables."""


def load_yaml(text: str) -> object:
    """What PyYAML's safe loader reads, but without `<<`. Raises YAMLError, ValueError and RecursionError."""
    return yaml.load(text, _Loader)


class _Loader(yaml.SafeLoader):
    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        # PyYAML copies what is taken over, and ten tables that each take over the one before ten times are 10¹⁰ fields.
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                raise MergedFields(None, None, "“<<” takes over other fields, which is not read", key.start_mark)
        super().flatten_mapping(node)

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """The number; ValueError for one of thousands of digits, as tomllib and json have it, which cannot be shown."""
        number = super().construct_yaml_int(node)
        str(number)
        return number


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)
