namespace Hermes.Http.Scim;

/// <summary>What becomes of an added entry when the server has a resource already that it would be.</summary>
public enum ScimWhenExists
{
    /// <summary>It waits in the error queue, and the message says how the resource can be adopted. Default.</summary>
    Hold,

    /// <summary>
    /// The one resource that <see cref="ScimTypeOptions.Match"/> finds is taken over, unless its <c>externalId</c> is that of something else; any other is as for
    /// <see cref="Hold"/>.
    /// </summary>
    Adopt,

    /// <summary>It waits in the error queue; its name or the resource's has to change.</summary>
    Refuse,
}
