package org.trunkline.crm.connector;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose certificates of portals are believed: those of Java's own trust store and, for boxed
 * portals (rule T5), of a file with more authorities. May change while connections are made.
 */
public final class Authorities extends X509ExtendedTrustManager {

    private volatile X509ExtendedTrustManager current;

    /** Java's own. */
    public Authorities() {
        current = trusting(List.of());
    }

    /**
     * Believes what a file holds too.
     *
     * @param file certificates in PEM; empty: Java's own only
     * @throws IllegalArgumentException naming the file and what is wrong; what was in force stays
     */
    public void read(String file) {
        current = trusting(file.isBlank() ? List.of() : certificates(file.strip()));
    }

    private static Collection<? extends Certificate> certificates(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            Collection<? extends Certificate> read =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (read.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            return read;
        } catch (IOException | InvalidPathException | CertificateException e) {
            throw new IllegalArgumentException(
                    "tls.authorities = " + file + " can't be read as certificates in PEM: " + e, e);
        }
    }

    private static X509ExtendedTrustManager trusting(Collection<? extends Certificate> more) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int next = 0;
            for (Certificate own : manager(null).getAcceptedIssuers()) {
                all.setCertificateEntry("java-" + next++, own);
            }
            for (Certificate given : more) {
                all.setCertificateEntry("given-" + next++, given);
            }
            return manager(all);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java's trust store can't be used", e);
        }
    }

    /** A null store stands for Java's own. */
    private static X509ExtendedTrustManager manager(KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        return Arrays.stream(managers)
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        current.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        current.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        current.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw noServer();
    }

    private static CertificateException noServer() {
        return new CertificateException("no client is checked here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.getAcceptedIssuers();
    }
}
