package io.strandline.inspect.web;

import io.strandline.inspect.campaign.CampaignView;
import io.strandline.inspect.campaign.Campaigns;
import io.strandline.problem.ErrorCode;
import io.strandline.web.AuditReason;
import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The campaign that verifies versions bit by bit. */
@RestController
@RequestMapping(path = "/api/v1/verification-campaign", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Inspect")
class CampaignController {

    private final Campaigns campaigns;

    CampaignController(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Look at the verification campaign",
            description = "What was set, the share of versions that were verified recently, and how far it is.")
    ResponseEntity<CampaignView> get() {
        return answer(campaigns.view());
    }

    @PutMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Set the verification campaign",
            description =
                    "While it is enabled, versions are verified one by one: first heads, targets of tags and held versions,"
                            + " then all others; of these the never verified first, then those verified longest ago. Each"
                            + " waits until what was read before fits into bytesPerDay.")
    @Problems({ErrorCode.PRECONDITION_FAILED, ErrorCode.READ_ONLY, ErrorCode.STORAGE_FULL})
    ResponseEntity<CampaignView> put(
            @Valid @RequestBody CampaignBody body,
            @AuditReason @RequestParam(required = false) @Nullable String reason,
            IfMatch ifMatch,
            Caller caller) {
        return answer(campaigns.save(body.edit(), ifMatch, caller.cause(reason)));
    }

    private static ResponseEntity<CampaignView> answer(CampaignView view) {
        return ResponseEntity.ok().eTag(Campaigns.etag(view.version()).value()).body(view);
    }
}
