namespace Hermes.Mail;

/// <summary>How the connection to a mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>By the command STARTTLS, before anything else is said; a server that does not know it gets no mail. Its usual port is 587.</summary>
    StartTls,

    /// <summary>From the first byte on (RFC 8314). Its usual port is 465.</summary>
    Tls,

    /// <summary>Not at all: for a relay on the same machine. Its usual port is 25.</summary>
    None,
}
