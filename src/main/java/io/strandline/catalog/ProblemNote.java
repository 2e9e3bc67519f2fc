package io.strandline.catalog;

/** A problem kept with what it befell: its kebab-case code and one sentence. */
public record ProblemNote(String code, String detail) {}
