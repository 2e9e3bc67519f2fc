package io.strandline.web.openapi;

import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.MergePatch;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.ProblemBody;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The frame of the API document: what it is about, the shape of problems, and one order whatever order beans come in. */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    private static final String KEY = "key";

    private static final String ABOUT = """
            Version control for streaming state: run pipelines, take snapshots of their state, tag, hold, compare, verify \
            and restore them.

            Lists come newest first as `{items, nextCursor}`; send `nextCursor` as `cursor` for the next page. Anything \
            that takes over a second answers 202 with an operation; `Prefer: wait=N` waits for it. Every error is a problem \
            (RFC 9457) whose `type` leads to its explanation. Every POST takes an `Idempotency-Key`.""";

    ApiDocument() {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(PageQuery.class, IfMatch.class, PreferWait.class, Caller.class)
                .replaceWithSchema(JsonNode.class, new Schema<>().description("Any JSON value."))
                .replaceWithSchema(ObjectNode.class, new ObjectSchema().description("Any JSON object."))
                .replaceWithSchema(
                        MergePatch.class,
                        new ObjectSchema()
                                .description("A JSON merge patch: fields replace, objects merge, null removes."));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Strandline")
                        .version("1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key, or a token of the issuer; needed once"
                                                + " strandline.security.authentication says so.")))
                .addSecurityItem(new SecurityRequirement().addList(KEY))
                .servers(List.of(new Server().url("/").description("This server")));
    }

    @Bean
    OpenApiCustomizer oneOrder() {
        return document -> {
            ModelConverters.getInstance(true).readAll(ProblemBody.class).forEach(document.getComponents()::addSchemas);
            Map<String, Schema> schemas = new TreeMap<>(document.getComponents().getSchemas());
            document.getComponents().setSchemas(schemas);
            document.getComponents().setExamples(ProblemResponses.examples());
            document.getComponents().setResponses(ProblemResponses.shared());
            Paths sorted = new Paths();
            new TreeMap<>(document.getPaths()).forEach(sorted::addPathItem);
            document.setPaths(sorted);
            if (document.getTags() != null) {
                document.setTags(document.getTags().stream()
                        .sorted(Comparator.comparing(Tag::getName))
                        .toList());
            }
        };
    }
}
