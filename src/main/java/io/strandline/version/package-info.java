/**
 * Names: tags, holds, branches with their reflog. Heads are moved in {@code version.move}.
 *
 * <p>{@link io.strandline.version.Tags} and {@link io.strandline.version.Holds} protect versions,
 * {@link io.strandline.version.Forks} makes branches and {@link io.strandline.version.Branches} shows where their heads are
 * and were. May use {@code job}, {@code checkpoint},
 * {@code operation}, {@code catalog}, {@code snapshot}, {@code problem} and {@code web}. Must never know how instances run or
 * how files are stored.
 */
@NullMarked
package io.strandline.version;

import org.jspecify.annotations.NullMarked;
