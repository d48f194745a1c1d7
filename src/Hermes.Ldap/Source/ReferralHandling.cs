namespace Hermes.Ldap.Source;

/// <summary>What a search does with references to other servers.</summary>
public enum ReferralHandling
{
    /// <summary>Leaves them out, with a warning in the log: what is behind them is not part of the data.</summary>
    Ignore,

    /// <summary>Fails, since the data is not complete.</summary>
    Error,
}
