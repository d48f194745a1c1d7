namespace Hermes.ClientRuntime.Configuration;

/// <summary>Which of the complete initsync sequences on the bus a new client starts from.</summary>
public enum InitSyncChoice
{
    /// <summary>The latest. The default.</summary>
    Latest,

    /// <summary>The first: the client then sees every change since.</summary>
    First,
}
