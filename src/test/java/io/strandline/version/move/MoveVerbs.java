package io.strandline.version.move;

import io.strandline.catalog.jpa.CatalogHarness;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.LookupFixture;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.checkpoint.Checkpoints;
import io.strandline.job.JobVerbs;
import io.strandline.runner.OutputStore;
import io.strandline.version.RefVerbs;

/** Moves of heads over any catalog, for tests of other rooms. */
public record MoveVerbs(
        Restores restores,
        FastForwards fastForwards,
        Promotions promotions,
        Undos undos,
        Moves moves,
        InterruptedMoves interrupted) {

    /**
     * What moves stand on besides the catalog.
     *
     * @param stored reads versions
     * @param checkpoints takes snapshots before something dangerous
     * @param outputs knows what cannot be taken back
     */
    public record Ground(StoredVersions stored, Checkpoints checkpoints, OutputStore outputs) {}

    public static MoveVerbs over(CatalogHarness parts, JobVerbs jobs, RefVerbs refs, Ground ground) {
        Revisions revisions = LookupFixture.revisions(parts.catalog, parts.history);
        Ancestry ancestry = new Ancestry(parts.history);
        HeadChecks heads = new HeadChecks(parts.catalog, revisions, ancestry);
        DamageFlags damage = new DamageFlags(parts.ledger, parts.catalog, parts.housekeeping);
        Planning planning = new Planning(
                parts.catalog,
                revisions,
                jobs.lifecycle,
                heads,
                new Destinations(ground.stored(), damage, jobs.pipelines, refs.choices(), ground.outputs()));
        UndoWindow window = new UndoWindow(parts.catalog, ancestry, refs.moment());
        Moves moves = new Moves(
                new HeadMove.Tools(parts.ledger, parts.catalog, ground.stored(), heads, window, refs.moment()),
                ground.checkpoints(),
                refs.holds());
        Restores restores = new Restores(planning, refs.holds());
        FastForwards fastForwards = new FastForwards(planning, refs.holds());
        Promotions promotions = new Promotions(planning, refs.holds());
        Undos undos = new Undos(planning, parts.history, refs.holds());
        InterruptedMoves interrupted = new InterruptedMoves(
                parts.catalog,
                parts.history,
                new InterruptedMoves.Verbs(restores, fastForwards, promotions, undos),
                new StandingMoves(planning, parts.catalog, parts.history, undos),
                moves);
        return new MoveVerbs(restores, fastForwards, promotions, undos, moves, interrupted);
    }
}
