package io.strandline.catalog;

/**
 * A problem kept with what it befell: its kebab-case code and one sentence. The sentence may quote a record, so a NUL in
 * it, which not every database can keep, becomes the replacement character.
 */
public record ProblemNote(String code, String detail) {

    public ProblemNote {
        detail = detail.replace('\0', '\uFFFD');
    }
}
