package io.strandline.inspect.campaign;

import io.strandline.catalog.Verification.Level;
import java.time.Duration;

/** What somebody wants the campaign to be. */
public record CampaignEdit(boolean enabled, Level level, long bytesPerDay, Duration freshFor) {}
