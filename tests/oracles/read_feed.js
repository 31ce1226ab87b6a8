// Prints what podcast-partytime makes of the feed on standard input, as JSON.
const { parseFeed } = require("podcast-partytime");

console.log(JSON.stringify(parseFeed(require("fs").readFileSync(0, "utf8"))));
