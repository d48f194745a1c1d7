namespace Hermes.ClientRuntime.State;

/// <summary>Makes secret values unreadable for as long as they wait in a store, and readable again for this client.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts.</summary>
    byte[] Protect(ReadOnlySpan<byte> secret);

    /// <summary>Decrypts what <see cref="Protect"/> returned.</summary>
    /// <exception cref="ClientStateException">It was changed, or encrypted with another key.</exception>
    byte[] Unprotect(ReadOnlySpan<byte> protectedSecret);
}
