using Hermes.Abstractions.Data;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Sends long lists of values in several requests. A server that finds one too large says so, or closes the connection without a word: then half as many go
/// in a request from there on.
/// </summary>
internal sealed class ValueChunks(int longest)
{
    private int _longest = longest;

    /// <summary>How many values go in one request.</summary>
    public int Longest => Volatile.Read(ref _longest);

    /// <summary>Sends values chunk by chunk, in their order.</summary>
    /// <param name="values">The values.</param>
    /// <param name="send">Sends a chunk.</param>
    /// <param name="probe">A small request, which fails if the server is down.</param>
    /// <exception cref="LdapRequestException">A chunk was refused for another reason, or a single value is too large.</exception>
    public async Task EachAsync(ValueList values, Func<ValueList, Task> send, Func<Task> probe)
    {
        for (var at = 0; at < values.Count;)
        {
            var chunk = values.Count <= Longest ? values : ValueList.Create(values.Skip(at).Take(Longest));
            try
            {
                await send(chunk);
                at += chunk.Count;
            }
            catch (LdapRequestException failure) when (failure.Code is ResultCodes.ServerDown or ResultCodes.AdminLimitExceeded)
            {
                if (failure.Code == ResultCodes.ServerDown)
                    await probe();
                if (chunk.Count == 1)
                    throw TooLarge(failure);
                Volatile.Write(ref _longest, Math.Max(1, chunk.Count / 2));
            }
        }
    }

    private static LdapRequestException TooLarge(LdapRequestException failure) => new(
        ResultCodes.AdminLimitExceeded,
        FaultKind.Permanent,
        "The server refuses a request of a single value, or closes the connection on it, though it answers others: the value is too large for it. "
            + "Shorten it, or raise the server's limit (olcSockbufMaxIncomingAuth of OpenLDAP).",
        failure);
}
