package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a provisioning document's parts say of each other. */
record Links(Company company, Map<String, JsonNode> presets, List<DocumentFault> warnings) {

    void check(DocumentReader in) {
        CompanyDocument.duplicates(in, "pbx", company.pbx(), PbxAccount::id);
        CompanyDocument.duplicates(in, "portals", company.portals(), Portal::id);
        CompanyDocument.duplicates(in, "integrations", company.integrations(), Integration::id);
        lines(in);
        Map<String, String> bound = new HashMap<>();
        for (int i = 0; i < company.integrations().size(); i++) {
            Integration integration = company.integrations().get(i);
            String at = "integrations/" + i;
            integration(in, at, integration);
            String pair = integration.pbx() + " " + integration.portal();
            if (bound.put(pair, integration.id()) != null) {
                fault(in, at, "binds the same PBX and portal as another", "keep one of them");
            }
            if (integration.preset().startsWith("t2-") && company.portals().size() > 1) {
                fault(
                        in,
                        at + "/preset",
                        "with t2's presets a company has one CRM (T2)",
                        "remove the other portal first, or start from another preset");
            }
        }
    }

    private void lines(DocumentReader in) {
        for (int p = 0; p < company.pbx().size(); p++) {
            PbxAccount account = company.pbx().get(p);
            for (int l = 0; l < account.lines().size(); l++) {
                String owner = account.lines().get(l).employee().orElse("");
                if (!owner.isEmpty()
                        && account.employees().stream().noneMatch(e -> e.id().equals(owner))) {
                    fault(
                            in,
                            "pbx/" + p + "/lines/" + l + "/employee",
                            "'" + owner + "' is no employee of this PBX",
                            "use an id from /pbx/" + p + "/employees");
                }
            }
        }
    }

    private void integration(DocumentReader in, String at, Integration integration) {
        if (company.portal(integration.portal()).isEmpty() && !integration.portal().isEmpty()) {
            fault(in, at + "/portal", "names no portal", "use an id from /portals");
        }
        company.account(integration.pbx())
                .ifPresentOrElse(
                        account -> mapping(in, at, integration, account),
                        () -> {
                            if (!integration.pbx().isEmpty()) {
                                fault(in, at + "/pbx", "names no PBX", "use an id from /pbx");
                            }
                        });
        JsonNode preset = presets.get(integration.preset());
        if (preset == null) {
            if (!integration.preset().isEmpty()) {
                fault(
                        in,
                        at + "/preset",
                        "'" + integration.preset() + "' is not known",
                        "give one of " + String.join(", ", new TreeSet<>(presets.keySet())));
            }
            return;
        }
        company.portal(integration.portal())
                .filter(portal -> !integration.preset().endsWith(suffix(portal)))
                .ifPresent(
                        portal ->
                                fault(
                                        in,
                                        at + "/preset",
                                        "is for another CRM than portal '" + portal.id() + "'",
                                        "give one that ends with " + suffix(portal)));
        SettingsDocument.Outcome read = SettingsDocument.read(preset, integration.settings());
        for (DocumentFault f : read.faults()) {
            fault(in, at + "/settings" + f.path(), f.message(), f.cure());
        }
        for (DocumentFault w : read.warnings()) {
            warnings.add(
                    new DocumentFault("/" + at + "/settings" + w.path(), w.message(), w.cure()));
        }
        company.account(integration.pbx())
                .ifPresent(
                        account ->
                                new FilterNames(read.settings(), account)
                                        .warnings()
                                        .forEach(
                                                w ->
                                                        warnings.add(
                                                                new DocumentFault(
                                                                        "/"
                                                                                + at
                                                                                + "/settings"
                                                                                + w.path(),
                                                                        w.message(),
                                                                        w.cure()))));
        company.account(integration.pbx())
                .ifPresent(account -> routes(in, at, read.settings().callback(), account));
        company.portal(integration.portal())
                .ifPresent(
                        portal ->
                                Unfinished.refuse(
                                        read.settings(),
                                        integration.settings(),
                                        portal.kind(),
                                        company.account(integration.pbx())
                                                .map(PbxAccount::kind)
                                                .orElse(PbxKind.ASTERISK),
                                        in,
                                        "/" + at + "/settings"));
    }

    /** I6: whom a request rings first. */
    private static void routes(
            DocumentReader in, String at, Settings.Callback callback, PbxAccount account) {
        for (int i = 0; i < callback.routes().size(); i++) {
            for (String employee : callback.routes().get(i).employees()) {
                if (account.employees().stream().noneMatch(e -> e.id().equals(employee))) {
                    fault(
                            in,
                            at + "/settings/callback/routes/" + i,
                            "'" + employee + "' is no employee of PBX " + account.id(),
                            "use an id from the PBX's employees");
                }
            }
        }
    }

    /** Presets are named after PBX and CRM. */
    private static String suffix(Portal portal) {
        return "-" + DocumentReader.spelled(portal.kind());
    }

    private void mapping(
            DocumentReader in, String at, Integration integration, PbxAccount account) {
        integration.mapping().keySet().stream()
                .filter(e -> account.employees().stream().noneMatch(x -> x.id().equals(e)))
                .sorted()
                .forEach(
                        e ->
                                fault(
                                        in,
                                        at + "/mapping",
                                        "'" + e + "' is no employee of PBX " + account.id(),
                                        "use an id from the PBX's employees"));
    }

    private static void fault(DocumentReader in, String path, String message, String cure) {
        in.faultAt("/" + path, message, cure);
    }
}
