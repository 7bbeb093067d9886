package org.trunkline.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One account at one PBX. Its secrets ({@link PbxKind#secrets}) are not here but in the store,
 * under {@link #secretKey}.
 *
 * @param host for kind {@code asterisk}, as are port, tls and username
 * @param api base address of the vendor's API; empty: the vendor's own
 * @param asterisk present for kind {@code asterisk}
 */
public record PbxAccount(
        String id,
        PbxKind kind,
        String host,
        int port,
        boolean tls,
        String username,
        Optional<URI> api,
        List<Line> lines,
        List<Employee> employees,
        Optional<Asterisk> asterisk) {

    /** Where the store keeps a secret of this account, such as {@code secret}. */
    public String secretKey(String name) {
        return "pbx/" + id + "/" + name;
    }

    public Optional<Employee> byExtension(String extension) {
        return employees.stream().filter(e -> e.extension().equals(extension)).findFirst();
    }

    public Optional<Line> line(PhoneNumber number) {
        return lines.stream().filter(l -> l.number().value().equals(number.value())).findFirst();
    }
}
