package io.strandline.inspect;

import io.swagger.v3.oas.annotations.media.Schema;

/** What is shown of a state: what it holds under one key, or a page of its entries. */
@Schema(
        description = "What is shown of a state: what it holds under one key, or a page of its entries.",
        oneOf = {StateAnswer.class, StatePage.class})
public sealed interface StateView permits StateAnswer, StatePage {}
