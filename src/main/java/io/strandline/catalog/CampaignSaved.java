package io.strandline.catalog;

/** The verification campaign was set. */
public record CampaignSaved(Campaign campaign) implements Change {}
