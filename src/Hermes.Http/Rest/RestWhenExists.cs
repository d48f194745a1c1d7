namespace Hermes.Http.Rest;

/// <summary>What becomes of an added entry when the service has an object already that it would be.</summary>
public enum RestWhenExists
{
    /// <summary>It waits in the error queue, and the object is not touched. Default.</summary>
    Hold,

    /// <summary>The one object that <see cref="RestTypeOptions.Match"/> finds is taken over, unless it is another entry's.</summary>
    Adopt,
}
