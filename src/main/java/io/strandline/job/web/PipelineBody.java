package io.strandline.job.web;

import io.strandline.pipeline.reading.Pipelines.Syntax;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;

/** The text of a pipeline document and how it is written, by its content type. */
record PipelineBody(String text, Syntax syntax) {

    static final String YAML = "application/yaml";

    static PipelineBody of(HttpEntity<String> request) {
        String text = request.getBody();
        if (text == null || text.isBlank()) {
            throw new StrandlineException(ErrorCode.MALFORMED_BODY, "The body is empty; send a pipeline document.");
        }
        MediaType type = request.getHeaders().getContentType();
        boolean yaml = type != null && type.getSubtype().endsWith("yaml");
        return new PipelineBody(text, yaml ? Syntax.YAML : Syntax.JSON);
    }
}
