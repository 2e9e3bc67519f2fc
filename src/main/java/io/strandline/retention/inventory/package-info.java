/**
 * What lies in the store, beside what the catalog says: the audit that compares all of it, and the quarantine seen from
 * outside.
 *
 * <p>Deletes nothing: it flags versions that lack something, and brings files back. May use {@code operation}, {@code
 * catalog}, {@code snapshot}, {@code storage} and {@code problem}. Must never know policies, how files are collected ({@code
 * gc}'s) or HTTP requests.
 */
@NullMarked
package io.strandline.retention.inventory;

import org.jspecify.annotations.NullMarked;
