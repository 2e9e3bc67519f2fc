package io.strandline.event.web;

import io.strandline.event.webhook.Webhooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows how webhooks stand; the settings alone say which there are. */
@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Events")
class WebhookController {

    private final Webhooks webhooks;

    WebhookController(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** All webhooks. */
    record WebhookList(List<WebhookResponse> items) {}

    @GetMapping
    @Operation(
            summary = "List webhooks",
            description =
                    "The targets that events are sent to, from the settings strandline.webhooks, and how each stands:"
                            + " what it took last, since when it fails and why, and how far it is behind.")
    WebhookList list() {
        return new WebhookList(webhooks.list().stream().map(WebhookResponse::of).toList());
    }
}
