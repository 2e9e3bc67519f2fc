package io.strandline.security;

import io.strandline.catalog.ApiKey.Role;
import io.strandline.web.JobScope;

/**
 * Who proved who they are, and what they may do.
 *
 * @param actor as the audit names them
 * @param jobs what they may touch
 */
public record Identity(String actor, Role role, JobScope jobs) {}
