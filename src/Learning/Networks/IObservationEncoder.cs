using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// Turns what is observed into the features that actor and critics take. States pass as they are;
/// images would be encoded here, trained by the critics' loss and detached for the actor (Hu et al.
/// 2024, section IV).
/// </summary>
internal interface IObservationEncoder
{
    /// <summary>Numbers that come out.</summary>
    int FeatureCount { get; }

    /// <summary>Encodes.</summary>
    /// <param name="observation">Shape [row, …].</param>
    /// <returns>Features. Shape [row, feature].</returns>
    Tensor Encode(Tensor observation);
}
