namespace Hermes.Crash.Tests.Rig;

/// <summary>Which process of the rig.</summary>
internal enum Role
{
    Server,
    Client,
    Changer,
}
