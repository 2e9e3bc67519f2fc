package io.strandline.version.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Protection;
import io.strandline.web.ETag;
import org.jspecify.annotations.Nullable;

/**
 * What of a branch can be changed by a merge patch; what a patch removes is as it was when the branch was made.
 *
 * @param protection what may be done to it
 */
record BranchSettings(@Nullable Limits protection) {

    /** What may be done to a branch, or null for what it was made with. */
    record Limits(@Nullable Boolean deletable, @Nullable Boolean resettable) {}

    static BranchSettings of(Branch branch) {
        Protection now = branch.protection();
        return new BranchSettings(new Limits(now.deletable(), now.resettable()));
    }

    /** The protection that a branch has under these settings. */
    Protection protectionOf(Branch branch) {
        Protection born = branch.name().equals(Branch.MAIN) ? Protection.OF_MAIN : Protection.NONE;
        if (protection == null) {
            return born;
        }
        Boolean deletable = protection.deletable();
        Boolean resettable = protection.resettable();
        return new Protection(
                deletable == null ? born.deletable() : deletable, resettable == null ? born.resettable() : resettable);
    }

    /** The tag of a branch's settings, never of its head. */
    static ETag etag(Branch branch) {
        return ETag.of(branch.jobId(), branch.name(), branch.pipelineVersion(), branch.protection(), branch.trashed());
    }
}
