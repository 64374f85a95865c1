using HilRig.Core.Sessions;

namespace HilRig.Core.Ports;

/// <summary>
/// A plant behind an agent that can send commands under a false name, to prove that they are
/// refused.
/// </summary>
public interface ICommandDisguise
{
    /// <summary>
    /// What is added to session and owner token of each command from now on; the default value
    /// sends them under the true ones. Allocates nothing.
    /// </summary>
    /// <param name="added">What is added, modulo 2⁶⁴.</param>
    void Disguise(in SessionKey added);
}
