package io.strandline.inspect.campaign;

import io.strandline.catalog.Campaign;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfServer;
import io.strandline.catalog.ServerChange.CampaignSaved;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.history.VerificationBacklog;
import io.strandline.catalog.work.Documents;
import io.strandline.catalog.work.Documents.Document;
import io.strandline.web.ETag;
import io.strandline.web.IfMatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the verification campaign: what was set is journaled, how far it is lies in the catalog. */
@Service
public final class Campaigns {

    private static final String KIND = "verification-campaign";
    private static final String ID = "progress";
    private static final long BYTES_A_DAY = 100L << 30;
    private static final Duration FRESH = Duration.ofDays(30);

    private final Ledger ledger;
    private final VerificationBacklog backlog;
    private final Documents documents;
    private final JsonMapper json;
    private final Clock clock;

    Campaigns(Ledger ledger, VerificationBacklog backlog, Documents documents, JsonMapper json, Clock clock) {
        this.ledger = ledger;
        this.backlog = backlog;
        this.documents = documents;
        this.json = json;
        this.clock = clock;
    }

    /** The campaign as it stands. */
    public CampaignView view() {
        Campaign campaign = campaign();
        return CampaignView.of(campaign, coverage(campaign), progress());
    }

    /** Sets the campaign. */
    public CampaignView save(CampaignEdit edit, IfMatch ifMatch, Cause cause) {
        ledger.change(new OfServer(), cause, changes -> {
            Campaign before = campaign();
            ifMatch.check(etag(before.version()));
            Campaign after = new Campaign(
                    edit.enabled(),
                    edit.level(),
                    edit.bytesPerDay(),
                    edit.freshFor().toMillis(),
                    before.version() + 1,
                    clock.instant(),
                    cause.actor());
            changes.record(new CampaignSaved(after));
            return after;
        });
        return view();
    }

    /** The validator of the campaign as it was saved. */
    public static ETag etag(long version) {
        return ETag.of(version);
    }

    Campaign campaign() {
        return backlog.campaign()
                .orElseGet(() -> new Campaign(
                        false, Level.CHECKSUMS, BYTES_A_DAY, FRESH.toMillis(), 0, Instant.EPOCH, "nobody"));
    }

    VerificationBacklog.Coverage coverage(Campaign campaign) {
        return backlog.coverage(campaign.level(), fresh(campaign));
    }

    /** Versions verified since then count. */
    Instant fresh(Campaign campaign) {
        return clock.instant().minusMillis(campaign.freshMillis());
    }

    CampaignProgress progress() {
        return documents
                .document(KIND, ID)
                .map(found -> json.readValue(found.body(), CampaignProgress.class))
                .orElseGet(() -> CampaignProgress.none(clock.instant()));
    }

    void save(CampaignProgress progress) {
        String body = json.writeValueAsString(progress);
        documents.save(new Document(KIND, ID, null, "KEPT", clock.instant(), null, body));
    }
}
