package dev.touchstone.archfixture.care;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Planted: care with Jackson's annotations. */
record KnowsJackson(@JsonProperty("name") String name) {}
