package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Direction;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.TemplateText;
import org.trunkline.rules.TemplatePreview;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** What a template becomes, before it is saved (rules O18, O19). */
final class PreviewRoutes extends JsonRoutes {

    /** The latest ended call is looked for among so many. */
    private static final int LOOKED_AT = 200;

    private final Companies companies;
    private final Calls calls;
    private final Clock clock;

    PreviewRoutes(Companies companies, Calls calls, Clock clock) {
        this.companies = companies;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/integrations/{integration}/preview")
                .post()
                .to("direct:preview");

        from("direct:preview").routeId("preview").process(answer(this::preview));
    }

    /** Which call lent its values. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    enum Source {
        NAMED,
        LATEST,
        EXAMPLE
    }

    /**
     * The text as it would be.
     *
     * @param call id of the call that lent its values; empty: a made-up one
     */
    record View(String text, Source source, Optional<String> call) {}

    private Object preview(Request request) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        DocumentReader in = DocumentReader.of(request.object());
        String text = in.text("text");
        TemplateText.check(in, "text", text);
        Optional<String> id = in.optionalText("call");
        Optional<Call> named = id.flatMap(call -> calls.find(company.id(), call));
        if (id.isPresent()
                && named.filter(call -> call.account().equals(integration.pbx())).isEmpty()) {
            in.fault(
                    "call",
                    "'" + id.get() + "' is no call of PBX " + integration.pbx(),
                    "leave it out, or use an id that the list of calls has");
        }
        in.refuseUnknown();
        List<DocumentFault> faults = in.faults();
        if (!faults.isEmpty()) {
            throw RequestFault.refused(faults);
        }
        PbxAccount account = company.account(integration.pbx()).orElseThrow();
        return named.map(call -> of(text, Source.NAMED, call, account))
                .or(
                        () ->
                                latest(company, integration)
                                        .map(call -> of(text, Source.LATEST, call, account)))
                .orElseGet(() -> ofExample(text, company, account));
    }

    private Optional<Call> latest(Company company, Integration integration) {
        return calls
                .list(company.id(), Optional.empty(), Optional.empty(), LOOKED_AT)
                .items()
                .stream()
                .filter(call -> call.ended() && call.account().equals(integration.pbx()))
                .filter(call -> call.direction().isPresent() && !call.is(Direction.INTERNAL))
                .findFirst();
    }

    private static View of(String text, Source source, Call call, PbxAccount account) {
        return new View(
                TemplatePreview.of(text, call, account, Client.UNKNOWN, ZoneId.systemDefault()),
                source,
                Optional.of(call.id()));
    }

    private View ofExample(String text, Company company, PbxAccount account) {
        ExampleCall example = ExampleCall.of(company.id(), account, clock.instant());
        return new View(
                TemplatePreview.of(
                        text,
                        example.call(),
                        example.account(),
                        example.client(),
                        ZoneId.systemDefault()),
                Source.EXAMPLE,
                Optional.empty());
    }
}
