package io.strandline.web;

import io.strandline.problem.Blocker;
import io.strandline.problem.CurrentHead;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets the tests see what each way of failing looks like on the wire; outside /api, so not in the API document. */
@RestController
@RequestMapping("/probe")
class ProbeController {

    enum Colour {
        RED,
        GREEN
    }

    record Inner(@NotBlank String name, @Nullable Integer size) {}

    record Body(
            @NotBlank String title,
            @Nullable Colour colour,
            @Nullable Instant at,
            @Nullable Duration every,
            @Valid @Nullable List<Inner> inner) {}

    private final AtomicInteger calls = new AtomicInteger();

    @PostMapping("/body")
    Body body(@Valid @RequestBody Body body) {
        return body;
    }

    @PostMapping("/count")
    Map<String, Integer> count() {
        return Map.of("calls", calls.incrementAndGet());
    }

    @GetMapping("/items/{number}")
    Map<String, Object> item(
            @PathVariable long number,
            @RequestParam(required = false) @Nullable Colour colour,
            @RequestParam(required = false, defaultValue = "1") @Max(3) int few,
            PageQuery page) {
        return Map.of("number", number, "limit", page.limit());
    }

    @GetMapping("/caller")
    Caller caller(Caller caller) {
        return caller;
    }

    @GetMapping("/fail/{how}")
    void fail(@PathVariable String how) {
        switch (how) {
            case "blocked" ->
                throw Problem.of(ErrorCode.PROTECTED, "Version 42 is held.")
                        .withBlockers(List.of(new Blocker("hold", "h1", "audit", "ann", "/api/v1/holds/h1")))
                        .withCurrentHead(new CurrentHead("0190", 43))
                        .withOperationId("op1")
                        .withExtension("plan", Map.of("id", "p1"))
                        .asException();
            case "full" ->
                throw Problem.of(ErrorCode.STORAGE_FULL, "No space left.")
                        .withRetryAfter(Duration.ofMillis(1500))
                        .asException();
            case "stack" -> fail(how);
            default -> throw new IllegalStateException("secret detail of /etc/strandline");
        }
    }
}
