package io.strandline.retention.web;

import io.strandline.operation.AnsweredWhenDone;
import io.strandline.operation.Operation;
import io.strandline.operation.OperationAnswers;
import io.strandline.problem.ErrorCode;
import io.strandline.retention.plan.ApplyRequest;
import io.strandline.retention.plan.Plan;
import io.strandline.retention.plan.PlanItem;
import io.strandline.retention.plan.PlanRequest;
import io.strandline.retention.plan.Plans;
import io.strandline.web.Caller;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plans: what would expire, and applying it. */
@RestController
@RequestMapping(path = PlanController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Retention")
class PlanController {

    static final String PATH = "/api/v1/retention-plans";
    private static final String LIST = "retention-plans";
    private static final String ITEMS = "retention-plan-items";

    private final Plans plans;
    private final OperationAnswers answers;

    PlanController(Plans plans, OperationAnswers answers) {
        this.plans = plans;
        this.answers = answers;
    }

    @PostMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Make a plan",
            description =
                    "Works out what would expire now, or under another policy, or at another time. Expires nothing.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(name = "try out", value = RetentionExamples.PLAN)))
    @ApiResponse(responseCode = "201", description = "The plan; it may be applied once, within the hour.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.INVALID_POLICY, ErrorCode.NOT_SUPPORTED})
    ResponseEntity<Plan> make(@Valid @RequestBody(required = false) @Nullable PlanBody body, Caller caller) {
        PlanRequest request = body == null ? PlanRequest.ofAll(caller.actor()) : body.request(caller.actor());
        Plan plan = plans.make(request);
        return ResponseEntity.created(URI.create(PATH + "/" + plan.id())).body(plan);
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List plans",
            description = "Plans of the last month, those of the schedule among them; newest first.")
    Page<Plan> list(PageQuery page) {
        List<String> after = page.after(LIST, 1);
        List<Plan> found = plans.list(after.isEmpty() ? null : after.get(0), page.fetchSize());
        return Page.of(found, page, LIST, plan -> List.of(plan.id()));
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Look at a plan",
            description = "What it found in numbers, what it frees, which caps cannot be met and why.")
    @Problems(ErrorCode.PLAN_NOT_FOUND)
    Plan get(
            @Parameter(description = "The plan's id.", example = "01990f3c-5a00-7abc-8def-0123456789ab") @PathVariable
                    String id) {
        return plans.plan(id);
    }

    @GetMapping("/{id}/items")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List a plan's items",
            description = "Each version it expires, why no rule keeps it, and after it was applied what became of it.")
    @Problems(ErrorCode.PLAN_NOT_FOUND)
    Page<PlanItem> items(
            @Parameter(description = "The plan's id.", example = "01990f3c-5a00-7abc-8def-0123456789ab") @PathVariable
                    String id,
            PageQuery page) {
        @Nullable Integer last = page.after(ITEMS, 1, PlanController::place);
        int from = last == null ? 0 : last + 1;
        List<Placed> placed = new ArrayList<>();
        for (PlanItem item : plans.items(id, from, page.fetchSize())) {
            placed.add(new Placed(from + placed.size(), item));
        }
        return Page.of(placed, page, ITEMS, row -> List.of(Integer.toString(row.place())))
                .map(Placed::item);
    }

    @PostMapping("/{id}/apply")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Apply a plan",
            description =
                    "Moves the plan's versions to the trash, each after looking at it again; what has changed since is"
                            + " skipped. Nothing outside the plan is touched. Undelete brings a version back until it is purged.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(examples = @ExampleObject(name = "apply", value = RetentionExamples.APPLY)))
    @AnsweredWhenDone
    @ApiResponse(responseCode = "202", description = "The operation; its result counts what went and what was skipped.")
    @Problems({
        ErrorCode.PLAN_NOT_FOUND,
        ErrorCode.PLAN_USED,
        ErrorCode.PLAN_STALE,
        ErrorCode.CLOCK_SUSPECT,
        ErrorCode.REASON_REQUIRED,
        ErrorCode.CONTRADICTORY_REQUEST,
        ErrorCode.TOO_MANY_REQUESTS,
        ErrorCode.READ_ONLY,
        ErrorCode.STORAGE_FULL
    })
    ResponseEntity<Operation> apply(
            @Parameter(description = "The plan's id.", example = "01990f3c-5a00-7abc-8def-0123456789ab") @PathVariable
                    String id,
            @Valid @RequestBody(required = false) @Nullable ApplyBody body,
            Caller caller,
            PreferWait wait) {
        ApplyRequest request = body == null ? ApplyRequest.SKIPPING : body.request();
        return answers.answer(plans.apply(id, request, caller.cause(request.reason())), wait);
    }

    private static Integer place(List<String> key) {
        int place = Integer.parseInt(key.get(0));
        if (place < 0 || place == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("place " + place);
        }
        return place;
    }

    /** An item and its place in the plan, which the cursor tells. */
    private record Placed(int place, PlanItem item) {}
}
