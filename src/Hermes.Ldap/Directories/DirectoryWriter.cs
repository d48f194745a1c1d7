using System.DirectoryServices.Protocols;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;

namespace Hermes.Ldap.Directories;

/// <summary>Writes to a directory such that doing it again succeeds and changes nothing.</summary>
internal sealed class DirectoryWriter(LdapClient client, ValueChunks chunks, ILogger logger)
{
    /// <summary>How many values go in one request.</summary>
    public int LongestChunk => chunks.Longest;

    /// <summary>Brings an object to the wanted content.</summary>
    public async Task UpdateAsync(string dn, EntryImage image, IReadOnlyCollection<string> managed, string naming, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(dn, cancellationToken);
        var classes = found?.Attributes["objectClass"]?.GetValues(typeof(string)).Cast<string>() ?? [];
        var missing = image["objectClass"].Where(name => !classes.Contains(name.AsString(), StringComparer.OrdinalIgnoreCase));
        await AddValuesAsync(dn, "objectClass", ValueList.Create(missing), cancellationToken);
        string[] present = [.. found?.Attributes.AttributeNames.Cast<string>().Select(name => name.Split(';')[0]) ?? []];
        await ModifyAsync(dn, EntryDifference.Towards(image, managed, present, naming), cancellationToken);
        Log.EntryAdopted(logger, dn);
    }

    /// <summary>Adds an entry; false if one of this name exists.</summary>
    public async Task<bool> TryAddAsync(string dn, EntryImage image, CancellationToken cancellationToken)
    {
        var request = new AddRequest { DistinguishedName = dn };
        foreach (var (name, values) in image)
            request.Attributes.Add(AttributeParts.Attribute(name, values));
        try
        {
            await client.SendAsync<AddResponse>(request, $"Adding {dn}", cancellationToken);
            return true;
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.EntryAlreadyExists)
        {
            // The code also says that another value is taken (a login in Active Directory): then no entry has this name.
            if (await ReadAsync(dn, cancellationToken, "1.1") is null)
                throw;
            return false;
        }
    }

    /// <summary>Modifies an entry; nothing is sent when there is nothing to modify.</summary>
    public async Task ModifyAsync(string dn, IReadOnlyList<DirectoryAttributeModification> modifications, CancellationToken cancellationToken)
    {
        if (modifications.Count == 0)
            return;
        var request = new ModifyRequest { DistinguishedName = dn };
        request.Modifications.AddRange([.. modifications]);
        await client.SendAsync<ModifyResponse>(request, $"Modifying {dn}", cancellationToken);
    }

    /// <summary>Sets a password, and has the server say why it refuses one.</summary>
    public async Task SetPasswordAsync(string dn, DirectoryAttributeModification password, CancellationToken cancellationToken)
    {
        var request = new ModifyRequest { DistinguishedName = dn };
        request.Modifications.Add(password);
        request.Controls.Add(PasswordPolicy.Request());
        await client.SendAsync<ModifyResponse>(request, $"Setting the password of {dn}", cancellationToken);
    }

    /// <summary>Renames or moves an entry.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> TryMoveAsync(string from, string to, CancellationToken cancellationToken)
    {
        var (relative, container) = DistinguishedName.Split(to);
        var stays = DistinguishedName.Same(DistinguishedName.Split(from).Container, container);
        var request = new ModifyDNRequest
        {
            DistinguishedName = from,
            NewName = relative,
            NewParentDistinguishedName = stays ? null : container,
            DeleteOldRdn = true,
        };
        try
        {
            await client.SendAsync<ModifyDNResponse>(request, $"Renaming {from} to {to}", cancellationToken);
            return true;
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.NoSuchObject)
        {
            // The code also says that the new container is missing.
            if (await ReadAsync(from, cancellationToken, "1.1") is not null)
                throw;
            return false;
        }
    }

    /// <summary>Deletes an entry; succeeds if there is none.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteAsync(string dn, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync<DeleteResponse>(new DeleteRequest(dn), $"Deleting {dn}", cancellationToken);
            return true;
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.NoSuchObject)
        {
            return false;
        }
    }

    /// <summary>Deletes an entry with all that is below it, from below, which servers take that know no control for it.</summary>
    public async Task DeleteTreeAsync(string dn, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteAsync(dn, cancellationToken);
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.NotAllowedOnNonLeaf)
        {
            var below = await PagedSearch.NamesAsync(client, dn, "(objectClass=*)", $"Searching below {dn}", cancellationToken);

            // What is below another has a longer name.
            foreach (var name in below.OrderByDescending(name => name.Length))
                await DeleteAsync(name, cancellationToken);
        }
    }

    /// <summary>Adds values to an attribute; those that are there stay.</summary>
    public Task AddValuesAsync(string dn, string attribute, ValueList values, CancellationToken cancellationToken) =>
        ChangeValuesAsync(dn, attribute, DirectoryAttributeOperation.Add, values, cancellationToken);

    /// <summary>Takes values from an attribute; those that are not there, or an entry that is gone, do no harm.</summary>
    public async Task RemoveValuesAsync(string dn, string attribute, ValueList values, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeValuesAsync(dn, attribute, DirectoryAttributeOperation.Delete, values, cancellationToken);
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.NoSuchObject)
        {
            // Gone, and its values with it.
        }
    }

    /// <summary>All values of an attribute, as texts; none if there is no such entry.</summary>
    public async Task<IReadOnlyList<string>> ReadValuesAsync(string dn, string attribute, CancellationToken cancellationToken)
    {
        if (await ReadAsync(dn, cancellationToken, attribute) is not { } found)
            return [];
        if (RangedValues.FirstPiece(found, attribute) is not { } piece)
            return [.. found.Attributes[attribute]?.GetValues(typeof(string)).Cast<string>() ?? []];
        await using var session = await client.LeaseAsync(cancellationToken);
        return [.. (await RangedValues.ReadAllAsync(session, dn, attribute, piece, cancellationToken)).Select(Encoding.UTF8.GetString)];
    }

    /// <summary>
    /// Puts a value in the place of another in one request, so that an attribute that must have a value is never without one, and a value that the server holds
    /// for the same is only written anew.
    /// </summary>
    public async Task ReplaceValueAsync(string dn, string attribute, Value old, Value @new, CancellationToken cancellationToken)
    {
        try
        {
            await ModifyAsync(
                dn,
                [
                    AttributeParts.Modification(DirectoryAttributeOperation.Delete, attribute, [old]),
                    AttributeParts.Modification(DirectoryAttributeOperation.Add, attribute, [@new]),
                ],
                cancellationToken);
        }
        catch (LdapRequestException failure) when (failure.Code is ResultCodes.AttributeOrValueExists or ResultCodes.NoSuchAttribute)
        {
            await AddValuesAsync(dn, attribute, [@new], cancellationToken);
            await RemoveValuesAsync(dn, attribute, [old], cancellationToken);
        }
    }

    /// <summary>Reads attributes of an entry; null if there is none.</summary>
    public Task<SearchResultEntry?> ReadAsync(string dn, CancellationToken cancellationToken, params string[] attributes) =>
        FindOneAsync(dn, "(objectClass=*)", SearchScope.Base, attributes, cancellationToken);

    /// <summary>The first entry that a filter finds; null if there is none, or not even the base.</summary>
    public async Task<SearchResultEntry?> FindOneAsync(
        string @base, string filter, SearchScope scope, string[] attributes, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(@base, filter, scope, attributes);
        try
        {
            var response = await client.SendAsync<SearchResponse>(request, $"Reading {@base}", cancellationToken);
            return response.Entries.Count > 0 ? response.Entries[0] : null;
        }
        catch (LdapRequestException failure) when (failure.Code == ResultCodes.NoSuchObject)
        {
            return null;
        }
    }

    /// <summary>The DNs of the entries below a base that have a value.</summary>
    public Task<IReadOnlyList<string>> FindAsync(string @base, string attribute, string value, CancellationToken cancellationToken) =>
        PagedSearch.NamesAsync(client, @base, SearchFilter.Equal(attribute, value), $"Searching for '{attribute}' below {@base}", cancellationToken);

    private async Task ChangeValuesAsync(
        string dn, string attribute, DirectoryAttributeOperation operation, ValueList values, CancellationToken cancellationToken) =>
        await chunks.EachAsync(
            values,
            chunk => ChangeChunkAsync(dn, attribute, operation, chunk, cancellationToken),
            async () => await ReadAsync(dn, cancellationToken, "1.1"));

    private async Task ChangeChunkAsync(
        string dn, string attribute, DirectoryAttributeOperation operation, ValueList values, CancellationToken cancellationToken)
    {
        try
        {
            var request = new ModifyRequest { DistinguishedName = dn };
            request.Modifications.Add(AttributeParts.Modification(operation, attribute, values));
            // Active Directory (and some others) then takes values that are there, or not there, without a complaint.
            request.Controls.Add(new PermissiveModifyControl { IsCritical = false });
            await client.SendAsync<ModifyResponse>(request, $"Changing '{attribute}' of {dn}", cancellationToken);
        }
        catch (LdapRequestException failure) when (SaysDone(failure, operation))
        {
            // Of several values this says that one of them is done, and that none was changed.
            foreach (var value in values.Count > 1 ? values : ValueList.Empty)
                await ChangeChunkAsync(dn, attribute, operation, [value], cancellationToken);
            if (values.Count == 1 && failure.Code == ResultCodes.UnwillingToPerform && await HoldsAsync(dn, attribute, values[0], cancellationToken))
                throw;
        }
    }

    private async Task<bool> HoldsAsync(string dn, string attribute, Value value, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(dn, SearchFilter.Equal(attribute, value.ToString()), SearchScope.Base, "1.1");
        var response = await client.SendAsync<SearchResponse>(request, $"Reading '{attribute}' of {dn}", cancellationToken);
        return response.Entries.Count > 0;
    }

    // That a value is there already, or not there any more. Domain controllers say the latter with a code that may mean much else.
    private static bool SaysDone(LdapRequestException failure, DirectoryAttributeOperation operation) => operation == DirectoryAttributeOperation.Add
        ? failure.Code is ResultCodes.AttributeOrValueExists or ResultCodes.EntryAlreadyExists
        : failure.Code is ResultCodes.NoSuchAttribute or ResultCodes.UnwillingToPerform;
}
