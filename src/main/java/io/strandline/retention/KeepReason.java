package io.strandline.retention;

import org.jspecify.annotations.Nullable;

/**
 * A rule that keeps a version.
 *
 * @param rule the rule's name, such as {@code keep.daily}; {@code everything} where a policy has no rule
 * @param bucket the hour, day or kind the version stands for, null for rules without
 * @param rank its place under the rule counted from 1, null for rules without
 * @param of how many places there are, null for rules without
 */
public record KeepReason(
        String rule,
        @Nullable String bucket,
        @Nullable Integer rank,
        @Nullable Integer of) {}
