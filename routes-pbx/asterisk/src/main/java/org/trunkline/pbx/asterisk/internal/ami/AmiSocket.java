package org.trunkline.pbx.asterisk.internal.ami;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.trunkline.pbx.asterisk.internal.ami.AmiFault.Kind;

/** Opens the TCP or TLS connection. */
final class AmiSocket {

    private AmiSocket() {}

    static Socket open(AmiSettings settings) throws AmiFault {
        int timeout = (int) settings.timing().connect().toMillis();
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
            socket.setSoTimeout(timeout);
            return settings.tls() ? secure(socket, settings) : socket;
        } catch (SSLException | GeneralSecurityException e) {
            close(socket);
            throw new AmiFault(
                    Kind.TLS,
                    "TLS handshake with " + settings + " failed: " + e.getMessage(),
                    "Check that tlsenable=yes and tlscertfile are set in manager.conf, that the port"
                            + " is the TLS one (5039 by default), that the certificate names this host"
                            + " and that its authority is trusted (asterisk.certificate: a PEM file).",
                    e);
        } catch (IOException e) {
            close(socket);
            throw new AmiFault(
                    Kind.UNREACHABLE,
                    "cannot connect to " + settings + ": " + e,
                    "Check host and port, that Asterisk runs, that manager.conf has enabled=yes and"
                            + " a bindaddr reachable from here, and the firewall.",
                    e);
        }
    }

    private static Socket secure(Socket plain, AmiSettings settings)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                settings.ca().isPresent() ? trusting(settings.ca().get()).getTrustManagers() : null,
                null);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, settings.host(), settings.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static TrustManagerFactory trusting(Path pem)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities(pem)) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static Collection<? extends Certificate> authorities(Path pem)
            throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (authorities.isEmpty()) {
                throw new CertificateException("no certificate in " + pem);
            }
            return authorities;
        } catch (IOException e) {
            throw new CertificateException("cannot read " + pem + ": " + e, e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // the fault that brought us here says more
        }
    }
}
