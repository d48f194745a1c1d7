using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>Writes passwords the way a kind of directory wants them.</summary>
internal interface IPasswordWriter
{
    /// <summary>Sets a password; one that is not set removes it where that can be done.</summary>
    Task SetAsync(string dn, Value password, CancellationToken cancellationToken);
}
