package io.strandline.retention.plan;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How plans are made and kept.
 *
 * @param planLifetime how long a plan may be applied after it was made
 * @param plansKept how long plans can be read, applied or not
 * @param confirmAbove share of versions (0 to 1) a saved policy may newly expire without being confirmed
 * @param mostItems how many versions a plan takes at most; what goes beyond waits for the next
 * @param clockJump how far the clock may step while the server runs before deletions pause
 * @param tick how often the server looks whether a round of retention or garbage collection is due
 */
@ConfigurationProperties("strandline.retention")
public record RetentionSettings(
        @DefaultValue("PT1H") Duration planLifetime,
        @DefaultValue("P30D") Duration plansKept,
        @DefaultValue("0.2") double confirmAbove,
        @DefaultValue("50000") int mostItems,
        @DefaultValue("PT24H") Duration clockJump,
        @DefaultValue("PT5S") Duration tick) {

    public RetentionSettings {
        if (confirmAbove < 0 || confirmAbove > 1) {
            throw new IllegalArgumentException(
                    "strandline.retention.confirm-above is a share from 0 to 1, not " + confirmAbove);
        }
        if (tick.toNanos() <= 0 || planLifetime.toNanos() <= 0 || clockJump.toNanos() <= 0) {
            throw new IllegalArgumentException(
                    "strandline.retention.tick, .plan-lifetime and .clock-jump have to be longer than nothing");
        }
        if (mostItems < 1) {
            throw new IllegalArgumentException("strandline.retention.most-items is at least 1, not " + mostItems);
        }
        if (plansKept.compareTo(planLifetime) < 0) {
            throw new IllegalArgumentException(
                    "strandline.retention.plans-kept is shorter than plan-lifetime: " + plansKept);
        }
    }
}
