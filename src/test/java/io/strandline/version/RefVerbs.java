package io.strandline.version;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.job.JobVerbs;

/**
 * Names and what keeps versions, over any catalog, for tests of other rooms.
 *
 * @param choices says which pipeline runs from a version on
 * @param moment the time, and ids
 */
public record RefVerbs(
        Tags tags,
        Holds holds,
        Branches branches,
        Forks forks,
        InterruptedForks interrupted,
        PipelineChoices choices,
        Moment moment) {

    public static RefVerbs over(CatalogHarness parts, StoredVersions stored, JobVerbs jobs) {
        Moment moment = new Moment(parts.clock, parts.clock.ids);
        Revisions revisions = LookupFixture.revisions(parts.catalog, parts.history);
        Holds holds = new Holds(parts.ledger, parts.catalog, moment);
        PipelineChoices choices = new PipelineChoices(jobs.pipelines);
        Deletions deletions = new Deletions(parts.catalog, LookupFixture.trashWindow(parts.catalog), moment);
        DamageFlags damage = new DamageFlags(parts.ledger, parts.catalog, parts.housekeeping);
        Forks forks = new Forks(
                parts.ledger,
                parts.catalog,
                new Forks.Sources(revisions, stored, damage, choices),
                jobs.lifecycle,
                holds,
                moment);
        return new RefVerbs(
                new Tags(parts.ledger, parts.catalog, revisions, moment),
                holds,
                new Branches(parts.ledger, parts.catalog, parts.history, jobs.jobs, jobs.lifecycle, deletions),
                forks,
                new InterruptedForks(parts.catalog, parts.history, forks, jobs.lifecycle, holds),
                choices,
                moment);
    }
}
