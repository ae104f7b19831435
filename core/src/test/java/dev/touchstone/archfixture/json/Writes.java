package dev.touchstone.archfixture.json;

import tools.jackson.databind.JsonNode;

/** Fine: json may know Jackson. */
class Writes {
    String write(JsonNode node) {
        return node.toString();
    }
}
