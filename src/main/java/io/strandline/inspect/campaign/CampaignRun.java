package io.strandline.inspect.campaign;

import io.strandline.catalog.Campaign;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Verification;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.Verification.Outcome;
import io.strandline.catalog.history.VerificationBacklog;
import io.strandline.inspect.VerificationReport;
import io.strandline.inspect.Verifications;
import io.strandline.inspect.VersionRef;
import io.strandline.inspect.campaign.CampaignProgress.Last;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Does the campaign's work: verifies the next version as long as what was read leaves room within the bytes a day. A version that
 * was verified deeper before is verified as deep again.
 */
@Component
final class CampaignRun {

    private static final Logger log = LoggerFactory.getLogger(CampaignRun.class);
    private static final BigInteger NANOS_A_DAY =
            BigInteger.valueOf(Duration.ofDays(1).toNanos());

    private final Campaigns campaigns;
    private final VerificationBacklog backlog;
    private final Verifications verifications;
    private final Catalog catalog;
    private final CampaignMeters meters;
    private final Clock clock;
    private final AtomicBoolean stopping = new AtomicBoolean();

    CampaignRun(
            Campaigns campaigns,
            VerificationBacklog backlog,
            Verifications verifications,
            Catalog catalog,
            CampaignMeters meters,
            Clock clock) {
        this.campaigns = campaigns;
        this.backlog = backlog;
        this.verifications = verifications;
        this.catalog = catalog;
        this.meters = meters;
        this.clock = clock;
    }

    /** Verifies what is due and within the budget, and measures how much is verified. */
    void goOn() {
        Campaign campaign = campaigns.campaign();
        while (campaign.enabled() && !stopping.get() && verifiedNext(campaign)) {
            campaign = campaigns.campaign();
        }
        meters.covered(campaigns.coverage(campaign));
    }

    /** Ends the work soon. */
    void stop() {
        stopping.set(true);
    }

    private boolean verifiedNext(Campaign campaign) {
        CampaignProgress progress = campaigns.progress();
        if (clock.instant().isBefore(progress.notBefore())) {
            return false;
        }
        Optional<Snapshot> next = backlog.next(campaign.level(), campaigns.fresh(campaign));
        next.ifPresent(version -> verify(version, campaign, progress));
        return next.isPresent();
    }

    private void verify(Snapshot version, Campaign campaign, CampaignProgress progress) {
        Instant began = clock.instant();
        VerificationReport report =
                verifications.verify(version, level(version, campaign), new CampaignCourse(stopping::get));
        meters.verified(report);
        String job = catalog.job(version.jobId()).map(Job::name).orElse(version.jobId());
        if (report.outcome() == Outcome.DAMAGED) {
            log.warn(
                    "version {} of job {} is not as it was committed; nearest intact ancestor: {}",
                    version.number(),
                    job,
                    report.nearestIntact());
        }
        Last last = new Last(job, VersionRef.of(version), report.outcome(), clock.instant());
        campaigns.save(progress.after(last, report.readBytes(), began.plus(rest(report.readBytes(), campaign))));
    }

    /** How long the bytes that were read have to last. */
    private static Duration rest(long bytes, Campaign campaign) {
        return Duration.ofNanos(BigInteger.valueOf(bytes)
                .multiply(NANOS_A_DAY)
                .divide(BigInteger.valueOf(campaign.bytesPerDay()))
                .min(BigInteger.valueOf(Long.MAX_VALUE))
                .longValue());
    }

    private static Level level(Snapshot version, Campaign campaign) {
        Verification before = version.verification();
        Level deepest = before.level();
        return deepest != null && before.outcome() == Outcome.INTACT && deepest.compareTo(campaign.level()) > 0
                ? deepest
                : campaign.level();
    }
}
