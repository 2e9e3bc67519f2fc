package io.strandline.event.web;

import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.event.Event;
import io.strandline.event.EventFilter;
import io.strandline.event.EventId;
import io.strandline.event.EventLog;
import io.strandline.problem.ErrorCode;
import io.strandline.web.Caller;
import io.strandline.web.JobName;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Streams of server-sent events: of everything, and of one job. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
@Tag(name = "Events", description = "Hear of what happens as it happens, also of what happened while you were away.")
class EventController {

    private static final String LAST_SEEN = "Last-Event-ID";
    private static final String DESCRIPTION =
            "Server-sent events, as EventSource of every browser reads them: id, event (the type) and data (an Event"
                    + " as JSON). Changes come in the order of the journal, each once it is durable. A reader that was"
                    + " away sends the last id it saw as Last-Event-ID and gets every change it missed; without one the"
                    + " stream begins with what happens next. It ends when the key or token that it was opened with does not"
                    + " count any more.";

    private final EventLog events;
    private final EventReaders readers;
    private final NamedJobs jobs;

    EventController(EventLog events, EventReaders readers, NamedJobs jobs) {
        this.events = events;
        this.readers = readers;
        this.jobs = jobs;
    }

    @GetMapping("/events")
    @Operation(summary = "Follow what happens", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "The stream, until one of the two ends it.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = Event.class)))
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.TOO_MANY_REQUESTS})
    void ofEverything(
            @Parameter(description = "Only events of the job of this name.", example = "flights")
                    @RequestParam(required = false)
                    @Nullable
                    String job,
            @ParameterObject EventParameters parameters,
            @Parameter(description = "The id of the last event that was seen.", example = "393216")
                    @RequestHeader(name = LAST_SEEN, required = false)
                    @Nullable
                    String lastSeen,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String jobId = job == null ? null : jobs.named(job).id();
        stream(jobId, parameters, lastSeen, request, response);
    }

    @GetMapping("/jobs/{job}/events")
    @Operation(summary = "Follow what happens to a job", description = DESCRIPTION)
    @ApiResponse(
            responseCode = "200",
            description = "The stream, until one of the two ends it.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = Event.class)))
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.TOO_MANY_REQUESTS})
    void ofOneJob(
            @JobName @PathVariable String job,
            @ParameterObject EventParameters parameters,
            @Parameter(description = "The id of the last event that was seen.", example = "393216")
                    @RequestHeader(name = LAST_SEEN, required = false)
                    @Nullable
                    String lastSeen,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        stream(jobs.named(job).id(), parameters, lastSeen, request, response);
    }

    private void stream(
            @Nullable String jobId,
            EventParameters parameters,
            @Nullable String lastSeen,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        EventFilter filter = new EventFilter(parameters.wanted(), jobId, Set.of(), false);
        EventId position = parameters.position(lastSeen, events.newest());
        readers.refuseWhenFull();
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // proxies that gather answers before they pass them on are asked not to
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        readers.begin(new EventStream.Opening(
                request.startAsync(request, response),
                response.getOutputStream(),
                filter,
                position,
                Caller.stillCounts(request)));
    }
}
