namespace Hermes.Abstractions;

/// <summary>Whether trying the same again may help.</summary>
public enum FaultKind
{
    /// <summary>It may: a time-out, a broken connection, a busy server.</summary>
    Transient,

    /// <summary>It will not until someone changes something: wrong credentials, a missing table, a violated constraint.</summary>
    Permanent,
}
