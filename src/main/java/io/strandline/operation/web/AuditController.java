package io.strandline.operation.web;

import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The audit: every change there was, in pages or as one stream. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "Operations")
class AuditController {

    private static final String LIST = "audit";

    private final History history;
    private final AuditExport export;
    private final NamedJobs jobs;
    private final JsonMapper json;

    AuditController(History history, AuditExport export, NamedJobs jobs, JsonMapper json) {
        this.history = history;
        this.export = export;
        this.jobs = jobs;
        this.json = json;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Read the audit",
            description =
                    "Every change in the order of the journal, newest first: who, what, before, after, why, and by"
                            + " which request or operation. With Accept: application/x-ndjson all that the filters let"
                            + " through comes as one stream, oldest first, one change a line; limit and cursor are for"
                            + " the list only.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.INVALID_CURSOR})
    Page<AuditRecord> list(@ParameterObject AuditParameters parameters, PageQuery page) {
        @Nullable Long before = page.after(LIST, 1, key -> Long.valueOf(key.get(0)));
        AuditFilter filter = parameters.filter(jobs);
        return Page.of(
                        history.audit(filter, before, page.fetchSize()),
                        page,
                        LIST,
                        entry -> List.of(String.valueOf(entry.sequence())))
                .map(entry -> AuditRecord.of(entry, json));
    }

    @GetMapping(produces = MediaType.APPLICATION_NDJSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "One change a line.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                            schema = @Schema(implementation = AuditRecord.class)))
    @Problems(ErrorCode.JOB_NOT_FOUND)
    void export(@ParameterObject AuditParameters parameters, HttpServletResponse response) throws IOException {
        AuditFilter filter = parameters.filter(jobs);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        export.write(filter, response.getOutputStream());
    }
}
