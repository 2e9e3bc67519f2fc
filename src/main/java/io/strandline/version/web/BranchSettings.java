package io.strandline.version.web;

import io.strandline.catalog.Branch;
import io.strandline.web.ETag;
import jakarta.validation.constraints.NotNull;

/**
 * What of a branch can be changed by a merge patch.
 *
 * @param protection what may be done to it
 */
record BranchSettings(@NotNull BranchResponse.Protection protection) {

    static BranchSettings of(Branch branch) {
        return new BranchSettings(BranchResponse.Protection.of(branch.protection()));
    }

    /** The tag of a branch's settings, never of its head. */
    static ETag etag(Branch branch) {
        return ETag.of(branch.jobId(), branch.name(), branch.pipelineVersion(), branch.protection(), branch.trashed());
    }
}
