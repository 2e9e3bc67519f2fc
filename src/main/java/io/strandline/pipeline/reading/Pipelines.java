package io.strandline.pipeline.reading;

import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.ProcessClasses;
import io.strandline.pipeline.reading.DocumentReader.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The door of the room: reads and checks pipeline documents. Safe for any number of threads. */
public final class Pipelines {

    /** How a document is written. */
    public enum Syntax {
        JSON,
        YAML
    }

    /** Checking one takes a millisecond or more, so this bounds what a document can cost. */
    private static final int MOST_EXPRESSIONS = 1_000;

    private static final String SCHEMA = "pipeline-schema.json";

    private final DocumentText text = new DocumentText();
    private final ProcessClasses classes;

    /** For documents that name no class. */
    public Pipelines() {
        this(ProcessClasses.none());
    }

    /** @param classes what {@code process} operators may name */
    public Pipelines(ProcessClasses classes) {
        this.classes = classes;
    }

    /**
     * Reads a document and checks all of it: fields, names, how the nodes fit together, and every expression.
     *
     * @throws io.strandline.problem.StrandlineException {@code malformed-body} or {@code body-too-large} for text that
     *     is no document, else {@code invalid-pipeline} or {@code not-supported} with every mistake and its place
     */
    public CheckedPipeline read(String document, Syntax syntax) {
        Findings findings = new Findings();
        Draft draft = new DocumentReader(findings).read(text.read(document, syntax));
        if (draft.expressions() > MOST_EXPRESSIONS) {
            findings.add(
                    "/operators",
                    "at most " + MOST_EXPRESSIONS + " expressions are taken; found " + draft.expressions());
            findings.throwIfAny();
        }
        CheckedPipeline checked = new Graph(draft, classes, findings).check();
        findings.throwIfAny();
        return checked;
    }

    /** Checks a document again, after {@link PipelineDocument#with} or when a stored one is used by a newer release. */
    public CheckedPipeline check(PipelineDocument document) {
        return read(document.toJson(), Syntax.JSON);
    }

    /** The JSON Schema (2020-12) of documents that this release runs. */
    public String schema() {
        try (InputStream in = Pipelines.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException("no " + SCHEMA + " beside " + Pipelines.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
