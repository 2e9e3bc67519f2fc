package io.strandline.operation.web;

import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditQuery;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The audit: every change there was. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
class AuditController {

    private static final String LIST = "audit";

    private final History history;
    private final NamedJobs jobs;
    private final JsonMapper json;

    AuditController(History history, NamedJobs jobs, JsonMapper json) {
        this.history = history;
        this.jobs = jobs;
        this.json = json;
    }

    @GetMapping
    @Operation(
            summary = "Read the audit",
            description =
                    "Every change in the order of the journal, newest first: who, what, before, after, why, and by"
                            + " which request or operation.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.INVALID_CURSOR})
    Page<AuditRecord> list(@ParameterObject AuditFilter filter, PageQuery page) {
        List<String> after = page.after(LIST, 1);
        AuditQuery query = new AuditQuery(
                filter.job() == null ? null : jobs.named(filter.job()).id(),
                filter.actor(),
                filter.action(),
                filter.operation(),
                filter.subject(),
                filter.since(),
                filter.until(),
                after.isEmpty() ? null : Long.valueOf(after.get(0)),
                page.fetchSize());
        return Page.of(history.audit(query), page, LIST, entry -> List.of(String.valueOf(entry.sequence())))
                .map(entry -> AuditRecord.of(entry, json));
    }
}
