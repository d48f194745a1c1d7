namespace Hermes.ClientRuntime.Configuration;

/// <summary>What becomes of an attribute that somebody else changes on the target.</summary>
public enum AttributePolicy
{
    /// <summary>A comparison tells it; somebody decides. Default.</summary>
    Report,

    /// <summary>A comparison tells it, and one that the client makes by itself puts it right.</summary>
    Repair,

    /// <summary>It is not compared. The client writes it when it changes at the source.</summary>
    Ignore,

    /// <summary>It is written when an object is made, and never again: it belongs to whoever keeps the target. It is not compared.</summary>
    CreateOnly,
}
