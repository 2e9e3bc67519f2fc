package io.strandline.ingest.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.ingest.DeadLetterBook;
import io.strandline.problem.ErrorCode;
import io.strandline.runner.DeadLetter;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Looking at dead letters. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Records")
class DeadLetterController {

    private static final String LIST = "dead-letters";

    private final NamedJobs names;
    private final DeadLetterBook letters;

    DeadLetterController(NamedJobs names, DeadLetterBook letters) {
        this.names = names;
        this.letters = letters;
    }

    @GetMapping("/dead-letters")
    @Operation(
            summary = "List dead letters",
            description =
                    "Records and rows that the job put aside because they could not be processed, as its versions have"
                            + " made them visible; those of the newest version first. They come from the directories that the"
                            + " pipeline names under onError.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND, ErrorCode.STORAGE_UNAVAILABLE})
    Page<DeadLetterResponse> list(
            @Parameter(description = "The job's name.", example = "flights") @PathVariable String job,
            @Parameter(description = "The branch that put them aside.") @RequestParam(defaultValue = Branch.MAIN)
                    String branch,
            PageQuery page) {
        DeadLetter.@Nullable Place place =
                page.after(LIST, 2, key -> new DeadLetter.Place(key.get(0), Integer.parseInt(key.get(1))));
        List<DeadLetter> found = letters.list(names.named(job), branch, place, page.fetchSize());
        return Page.of(
                        found,
                        page,
                        LIST,
                        letter -> List.of(
                                letter.place().part(),
                                Integer.toString(letter.place().line())))
                .map(DeadLetterResponse::of);
    }
}
